#include "loader/variant.hpp"

#include <cstdlib>
#include <seedbed/error.hpp>
#include <string>

#include "loader/entry.hpp"
#include "loader/trust.hpp"

namespace seedbed {
namespace {

bool cpu_is_v4() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
#else
  return false;
#endif
}

}  // namespace

bool cpu_has_variants() {
  const char* level = std::getenv("SEEDBED_CPU_LEVEL");
  const std::string name = level ? level : "x86-64-v4";
  if (name != "x86-64-v3" && name != "x86-64-v4")
    throw Error("SEEDBED_CPU_LEVEL: expected x86-64-v3 or x86-64-v4, got '" + name + "'");
  return name == "x86-64-v4" && cpu_is_v4();
}

std::filesystem::path variant_of(const std::filesystem::path& path) {
  static const bool used = cpu_has_variants();
  const auto variant = path.parent_path() / "glibc-hwcaps" / "x86-64-v4" / path.filename();
  std::error_code missing;
  if (!used || !std::filesystem::exists(variant, missing) || !distrust(variant).empty())
    return path;
  try {
    const std::string build = section_of(path, ".note.gnu.build-id");
    return !build.empty() && section_of(variant, ".seedbed.base") == build ? variant : path;
  } catch (const Error&) {
    return path;  // a damaged one is none
  }
}

}  // namespace seedbed
