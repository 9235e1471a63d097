#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace seedbed {

/// The first four fields of a library's entry: they never change between ABIs (plugin.h). And how
/// many functions of it the system calls at load.
struct Entry {
  std::uint64_t magic = 0;
  std::uint32_t abi_major = 0, abi_minor = 0;
  std::uint64_t struct_size = 0;
  std::uint64_t constructors = 0;
};

/// Reads `seedbed_plugin` from the ELF file at `path` without running anything of it. Throws Error
/// (exit 3), one line naming the file: not readable, not ELF, truncated, of another machine, no
/// entry. Not checked: what the fields say (check_entry).
Entry read_entry(const std::filesystem::path& path);

/// Throws Error (exit 3) unless this host can use a library with this entry: right magic, the
/// host's ABI major, an ABI minor up to the host's.
void check_entry(const Entry& entry, const std::filesystem::path& path);

/// Names of the dynamic symbols that the library at `path` defines for others. Throws Error as
/// read_entry does.
std::vector<std::string> exported_symbols(const std::filesystem::path& path);

/// The bytes of a section of the ELF file at `path`; empty when it has none of that name. Throws
/// Error as read_entry does.
std::string section_of(const std::filesystem::path& path, const std::string& name);

}  // namespace seedbed
