#pragma once
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace seedbed {

/// A fresh folder for a test, removed with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "seedbed-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()));
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return path_ / name;
  }

  /// A plugin library <name>.so from C, by the real compiler.
  std::filesystem::path compile(const std::string& name, const std::string& source) const {
    const std::string from = write(name + ".c", source).string();
    const std::string to = (path_ / (name + ".so")).string();
    REQUIRE(std::system(("cc -shared -fPIC -I" SEEDBED_SOURCE "/framework/sdk/include -o " + to +
                         " " + from)
                            .c_str()) == 0);
    return to;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace seedbed
