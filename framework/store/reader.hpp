#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace seedbed {

/// Reads a published file of this store. Never modifies it; one thread at a time.
///
/// Every function throws Error (exit 5) when the file is truncated, damaged or of another program,
/// or when what is asked for is not there or of another type. Paths are absolute.
class Reader {
 public:
  explicit Reader(std::filesystem::path path);
  Reader(Reader&&) noexcept;
  ~Reader();

  enum class Type { group, real, integer, text, other };
  /// `other` when there is nothing of this name.
  Type type(const std::string& path) const;
  bool has(const std::string& path) const { return type(path) != Type::other; }
  bool is_scale(const std::string& path) const;

  /// Names in a group in the order of their making; every dataset below it, by path.
  std::vector<std::string> names(const std::string& group) const;
  std::vector<std::string> datasets(const std::string& group = "/") const;

  /// Sizes, and the names of the scales ("" where there is none), outermost first.
  std::vector<std::uint64_t> shape(const std::string& path) const;
  std::vector<std::string> dimensions(const std::string& path) const;

  std::vector<double> reals(const std::string& path) const;  ///< Integers are converted.
  std::vector<double> reals(const std::string& path, const std::vector<std::uint64_t>& offset,
                            const std::vector<std::uint64_t>& count) const;
  /// `count` rows from `first` on as they are stored: doubles, 64-bit integers or bytes.
  void rows(const std::string& path, std::uint64_t first, std::uint64_t count,
            std::span<std::byte> into) const;
  std::vector<std::int64_t> integers(const std::string& path) const;
  std::vector<std::int64_t> integers(const std::string& path,
                                     const std::vector<std::uint64_t>& offset,
                                     const std::vector<std::uint64_t>& count) const;
  std::vector<std::string> texts(const std::string& path) const;
  std::string text(const std::string& path) const;  ///< Of a scalar.

  std::vector<std::string> attribute_names(const std::string& object) const;
  std::optional<std::string> text_attribute(const std::string& object,
                                            const std::string& name) const;
  std::optional<double> real_attribute(const std::string& object, const std::string& name) const;

  const std::filesystem::path& path() const;

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

/// The @task of a run file; nullopt when there is no file of this name. Throws Error (exit 5) when
/// the file is truncated, damaged or foreign. Opens it for reading only.
std::optional<std::string> task_id_of(const std::filesystem::path& path);

}  // namespace seedbed
