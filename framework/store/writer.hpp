#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "store/state.hpp"

namespace seedbed {

enum class Compression { none, gzip };

/// What the numbers of a dataset are: `units` ("1" where there is none) and one line.
struct Meaning {
  std::string units, long_name;
};

/// Names of the dimensions of a dataset, outermost first: the scales of its group, or of a group
/// around it.
using Dimensions = std::vector<std::string>;

/// Builds an HDF5 file of labelled arrays as `<path>.partial` and publishes it as `path`.
///
/// Paths of datasets are absolute ("/learning/return_mean"); groups are made on the way. Arrays are
/// row-major. The bytes of the file are a function of the calls alone. One thread may call;
/// appended rows are written by another, which is the only one to touch HDF5 once it has begun.
/// Every function throws Error (exit 5) when the file system or HDF5 refuses, or refused before. A
/// name that is used twice, an unknown dimension and an array of the wrong size are programmers'
/// mistakes: assertions.
class Writer {
 public:
  /// Makes the folders of `path` when they are missing; an older .partial is overwritten.
  explicit Writer(std::filesystem::path path, Compression compression = Compression::none);
  Writer(Writer&&) noexcept;
  ~Writer();  ///< Removes the .partial unless publish() succeeded.

  using Attribute = std::variant<std::string, double, std::int64_t, std::vector<std::string>>;
  /// `object` is a group (made when missing) or a dataset that is there already.
  void attribute(const std::string& object, const std::string& name, const Attribute& value);
  /// What a viewer shows when it opens `group`: a dataset and the names of its dimensions.
  void show(const std::string& group, const std::string& signal, const Dimensions& axes);

  /// A dimension and its coordinates; its name is the last part of the path.
  void scale(const std::string& path, std::span<const std::int64_t> numbers,
             const Meaning& meaning);
  void scale(const std::string& path, std::span<const std::string> labels, const Meaning& meaning);
  /// A dataset that append() and extend() lengthen.
  enum class Growth : std::size_t {};
  /// A dimension of numbers that grows.
  Growth growing_scale(const std::string& path, const Meaning& meaning);

  void put(const std::string& path, const Dimensions& dims, std::span<const double> data,
           const Meaning& meaning);
  void put(const std::string& path, const Dimensions& dims, std::span<const std::int64_t> data,
           const Meaning& meaning);
  void put(const std::string& path, const Dimensions& dims, std::span<const std::uint8_t> data,
           const Meaning& meaning);
  void put(const std::string& path, const Dimensions& dims, std::span<const std::string> data,
           const Meaning& meaning);
  /// A scalar string, up to its first NUL.
  void text(const std::string& path, const std::string& text, const std::string& long_name);

  enum class Kind { real, integer, byte };
  /// A dataset whose first dimension is a growing scale.
  Growth growing(const std::string& path, Kind kind, const Dimensions& dims,
                 const Meaning& meaning);
  /// Any number of rows of a growing dataset or scale. Buffered: written a MiB at a time.
  void append(const std::string& path, std::span<const double> rows);
  void append(const std::string& path, std::span<const std::int64_t> rows);
  void append(const std::string& path, std::span<const std::uint8_t> rows);
  void append(Growth dataset, std::span<const double> rows);
  void append(Growth dataset, std::span<const std::int64_t> rows);
  /// The same without a copy: room for some rows, `most` at most and one at least, which the caller
  /// fills before the next call. Number: double, std::int64_t or std::uint8_t, as the kind says.
  template <class Number>
  std::span<Number> extend(Growth dataset, std::size_t most) {
    const std::span<std::byte> room = extend_bytes(dataset, most);
    return {reinterpret_cast<Number*>(room.data()), room.size() / sizeof(Number)};
  }

  /// Doubles of fixed size, NaN until write() sets a block of them.
  void reserve(const std::string& path, const Dimensions& dims, const Meaning& meaning);
  void write(const std::string& path, const std::vector<std::uint64_t>& offset,
             const std::vector<std::uint64_t>& count, std::span<const double> block);

  /// Has `work` append rows later, in the thread that writes, in the order of these calls. Until
  /// wait() nobody else may append to its datasets. `bytes`: what it holds in memory.
  void defer(std::size_t bytes, std::function<void()> work);

  const std::filesystem::path& path() const;
  /// A word that can be read without opening the file by HDF5: the task of a run (task_id_of).
  void label(const std::string& label);

  /// Writes what is buffered, closes, fsyncs and renames. Nothing else may be called afterwards.
  void publish();

  /// Some rows of the file to be, published on their own, so that a kill does not cost them.
  struct Part {
    std::filesystem::path path;  ///< In the folder of the file.
    std::string label;
    State state;                                                ///< Below /state.
    std::vector<std::pair<std::string, Attribute>> attributes;  ///< Of "/", beside the others.
  };
  /// Publishes, in the background, what was appended so far; the file goes on with the same
  /// declarations and no rows. Not with reserved arrays.
  void publish_part(const Part& part);
  void wait();  ///< For what was deferred and what goes on in the background.
  /// Appends the rows of a published part. Says why when that cannot be read; then this writer is
  /// of no more use.
  std::optional<std::string> append_part(const std::filesystem::path& part);

 private:
  std::span<std::byte> extend_bytes(Growth dataset, std::size_t most);

  struct Content;
  std::unique_ptr<Content> content_;
};

/// Appends `rows` numbers to a dataset of one number per row: number_of(row).
template <class Number, class NumberOf>
void append_rows(Writer& writer, Writer::Growth dataset, std::size_t rows, NumberOf number_of) {
  for (std::size_t row = 0; row < rows;)
    for (Number& number : writer.extend<Number>(dataset, rows - row)) number = number_of(row++);
}

/// The version of the layout that this store writes and reads, as @seedbed_result_version.
inline constexpr std::int64_t layout_version = 1;

}  // namespace seedbed
