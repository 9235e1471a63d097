#pragma once
#include <filesystem>

namespace seedbed {

/// The file whose code runs for the plugin library at `path`: its variant for this CPU,
/// <folder>/glibc-hwcaps/x86-64-v4/<file>, or itself. Variants give the same bits, faster
/// (framework/README.md, Determinism), so a library is known by its own file alone.
///
/// A variant names in section .seedbed.base the build ID of the library that it was built with; one
/// of another build, or one that others may write to, is not used.
std::filesystem::path variant_of(const std::filesystem::path& path);

/// Whether this CPU has variants: x86-64-v4, unless SEEDBED_CPU_LEVEL is x86-64-v3. Throws Error
/// (exit 2) where that is set to anything but the two.
bool cpu_has_variants();

}  // namespace seedbed
