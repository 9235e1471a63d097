#include "loader/entry.hpp"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <seedbed/plugin.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <seedbed/error.hpp>
#include <string>
#include <utility>
#include <vector>

namespace seedbed {
namespace {

#if defined(__x86_64__)
constexpr unsigned host_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr unsigned host_machine = EM_AARCH64;
#else
constexpr unsigned host_machine = EM_NONE;
#endif

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& got) {
  throw Error(path.string() + ": expected a Seedbed plugin library, got " + got, Exit::plugin);
}

/// An open ELF file: descriptor and libelf handle, closed together.
class ElfFile {
 public:
  explicit ElfFile(const std::filesystem::path& path) : path_(path) {
    elf_version(EV_CURRENT);
    descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor_ < 0) fail(path, std::strerror(errno));
    elf_ = elf_begin(descriptor_, ELF_C_READ, nullptr);
    size_ = static_cast<std::uint64_t>(std::max<off_t>(::lseek(descriptor_, 0, SEEK_END), 0));
  }
  ~ElfFile() {
    if (elf_) elf_end(elf_);
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  ElfFile(const ElfFile&) = delete;
  ElfFile& operator=(const ElfFile&) = delete;

  /// Header and both tables lie inside the file, and it is a shared object of this machine.
  void check() const {
    if (!elf_ || elf_kind(elf_) != ELF_K_ELF) fail(path_, "a file that is not ELF");
    GElf_Ehdr header;
    if (!gelf_getehdr(elf_, &header)) fail(path_, "a truncated ELF file");
    if (gelf_getclass(elf_) != ELFCLASS64 || header.e_machine != host_machine)
      fail(path_, "an ELF file of another machine");
    if (header.e_type != ET_DYN) fail(path_, "an ELF file that is not a shared library");
    const std::uint64_t sections =
        header.e_shoff + std::uint64_t{header.e_shnum} * header.e_shentsize;
    if (sections > size_ || header.e_shnum == 0) fail(path_, "a truncated ELF file");
    for (std::size_t i = 0; i < header.e_phnum; ++i)
      if (segment(i).p_offset + segment(i).p_filesz > size_) fail(path_, "a truncated ELF file");
  }

  /// Address of the dynamic symbol `name`, if it is defined here.
  std::optional<GElf_Sym> symbol(const char* name) const {
    for (const auto& [found, symbol] : symbols())
      if (found == name) return symbol;
    return std::nullopt;
  }

  /// The dynamic symbols that are defined here.
  std::vector<std::pair<std::string, GElf_Sym>> symbols() const {
    std::vector<std::pair<std::string, GElf_Sym>> all;
    for (Elf_Scn* section = elf_nextscn(elf_, nullptr); section;
         section = elf_nextscn(elf_, section)) {
      GElf_Shdr header;
      if (!gelf_getshdr(section, &header)) fail(path_, "a damaged ELF file");
      if (header.sh_type != SHT_DYNSYM || header.sh_entsize == 0) continue;
      Elf_Data* data = elf_getdata(section, nullptr);
      if (!data) fail(path_, "a damaged ELF file");
      for (int i = 0; i < static_cast<int>(header.sh_size / header.sh_entsize); ++i) {
        GElf_Sym symbol;
        if (!gelf_getsym(data, i, &symbol) || symbol.st_shndx == SHN_UNDEF) continue;
        if (const char* name = elf_strptr(elf_, header.sh_link, symbol.st_name))
          all.emplace_back(name, symbol);
      }
    }
    return all;
  }

  std::string section(const std::string& name) const {
    std::size_t names = 0;
    if (elf_getshdrstrndx(elf_, &names) != 0) fail(path_, "a damaged ELF file");
    for (Elf_Scn* section = elf_nextscn(elf_, nullptr); section;
         section = elf_nextscn(elf_, section)) {
      GElf_Shdr header;
      if (!gelf_getshdr(section, &header)) fail(path_, "a damaged ELF file");
      const char* its_name = elf_strptr(elf_, names, header.sh_name);
      if (!its_name || its_name != name) continue;
      const Elf_Data* data = elf_getdata(section, nullptr);
      if (!data || !data->d_buf) return "";
      return {static_cast<const char*>(data->d_buf), data->d_size};
    }
    return "";
  }

  /// Functions that run at load: .preinit_array, .init_array.
  std::uint64_t constructors() const {
    std::uint64_t bytes = 0;
    for (Elf_Scn* section = elf_nextscn(elf_, nullptr); section;
         section = elf_nextscn(elf_, section)) {
      GElf_Shdr header;
      if (!gelf_getshdr(section, &header)) fail(path_, "a damaged ELF file");
      if (header.sh_type == SHT_INIT_ARRAY || header.sh_type == SHT_PREINIT_ARRAY)
        bytes += header.sh_size;
    }
    return bytes / sizeof(void*);
  }

  /// `count` bytes that the loader would map at `address`; false when the file holds none there.
  bool read(std::uint64_t address, void* bytes, std::size_t count) const {
    std::size_t segments = 0;
    elf_getphdrnum(elf_, &segments);
    for (std::size_t i = 0; i < segments; ++i) {
      const GElf_Phdr load = segment(i);
      if (load.p_type != PT_LOAD || address < load.p_vaddr) continue;
      if (address + count > load.p_vaddr + load.p_filesz) continue;
      const auto offset = static_cast<off_t>(address - load.p_vaddr + load.p_offset);
      return ::pread(descriptor_, bytes, count, offset) == static_cast<ssize_t>(count);
    }
    return false;
  }

 private:
  GElf_Phdr segment(std::size_t i) const {
    GElf_Phdr header;
    if (!gelf_getphdr(elf_, static_cast<int>(i), &header)) fail(path_, "a truncated ELF file");
    return header;
  }

  std::filesystem::path path_;
  int descriptor_ = -1;
  Elf* elf_ = nullptr;
  std::uint64_t size_ = 0;
};

}  // namespace

Entry read_entry(const std::filesystem::path& path) {
  const ElfFile file(path);
  file.check();
  const std::optional<GElf_Sym> symbol = file.symbol(SEEDBED_ENTRY);
  if (!symbol) fail(path, "a library without the symbol '" SEEDBED_ENTRY "'");
  // The fields have the layout of seedbed_library, without padding between them.
  unsigned char bytes[24];
  static_assert(sizeof bytes == offsetof(seedbed_library, fast_math));
  if (symbol->st_size < sizeof bytes || !file.read(symbol->st_value, bytes, sizeof bytes))
    fail(path, "a symbol '" SEEDBED_ENTRY "' that is not constant data of the library");
  Entry entry;
  std::memcpy(&entry.magic, bytes, 8);
  std::memcpy(&entry.abi_major, bytes + 8, 4);
  std::memcpy(&entry.abi_minor, bytes + 12, 4);
  std::memcpy(&entry.struct_size, bytes + 16, 8);
  entry.constructors = file.constructors();
  return entry;
}

std::vector<std::string> exported_symbols(const std::filesystem::path& path) {
  const ElfFile file(path);
  file.check();
  std::vector<std::string> names;
  for (const auto& [name, symbol] : file.symbols())
    if (GELF_ST_BIND(symbol.st_info) != STB_LOCAL && symbol.st_shndx != SHN_ABS)
      names.push_back(name);
  return names;
}

std::string section_of(const std::filesystem::path& path, const std::string& name) {
  const ElfFile file(path);
  file.check();
  return file.section(name);
}

void check_entry(const Entry& entry, const std::filesystem::path& path) {
  const auto abi = [](std::uint32_t major, std::uint32_t minor) {
    return "ABI " + std::to_string(major) + "." + std::to_string(minor);
  };
  if (entry.magic != SEEDBED_MAGIC) fail(path, "a symbol '" SEEDBED_ENTRY "' of the wrong magic");
  if (entry.abi_major != SEEDBED_ABI_MAJOR || entry.abi_minor > SEEDBED_ABI_MINOR)
    throw Error(path.string() + ": expected " + abi(SEEDBED_ABI_MAJOR, SEEDBED_ABI_MINOR) +
                    " or an older minor of it, got " + abi(entry.abi_major, entry.abi_minor) +
                    " (rebuild the plugin, or use another version of seedbed)",
                Exit::plugin);
  constexpr std::uint64_t least = offsetof(seedbed_library, descriptors) + sizeof(void*);
  if (entry.struct_size < least)
    fail(path,
         "an entry of " + std::to_string(entry.struct_size) + " bytes, too small for its ABI");
}

}  // namespace seedbed
