#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

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
/// row-major. The bytes of the file are a function of the calls alone. One thread at a time. Every
/// function throws Error (exit 5) when the file system or HDF5 refuses. A name that is used twice,
/// an unknown dimension and an array of the wrong size are programmers' mistakes: assertions.
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
  /// A dimension of numbers that append() lengthens.
  void growing_scale(const std::string& path, const Meaning& meaning);

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
  void growing(const std::string& path, Kind kind, const Dimensions& dims, const Meaning& meaning);
  /// Any number of rows of a growing dataset or scale. Buffered: written a MiB at a time.
  void append(const std::string& path, std::span<const double> rows);
  void append(const std::string& path, std::span<const std::int64_t> rows);
  void append(const std::string& path, std::span<const std::uint8_t> rows);

  /// Doubles of fixed size, NaN until write() sets a block of them.
  void reserve(const std::string& path, const Dimensions& dims, const Meaning& meaning);
  void write(const std::string& path, const std::vector<std::uint64_t>& offset,
             const std::vector<std::uint64_t>& count, std::span<const double> block);

  const std::filesystem::path& path() const;
  /// A word that can be read without opening the file by HDF5: the task of a run (task_id_of).
  void label(const std::string& label);

  /// Writes what is buffered, closes, fsyncs and renames. Nothing else may be called afterwards.
  void publish();

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

/// The version of the layout that this store writes and reads, as @seedbed_result_version.
inline constexpr std::int64_t layout_version = 1;

}  // namespace seedbed
