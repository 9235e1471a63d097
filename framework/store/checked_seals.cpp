#include "store/checked_seals.hpp"

#include <sys/stat.h>
#include <zlib.h>

#include <charconv>
#include <fstream>
#include <iterator>
#include <string_view>

#include "store/publication.hpp"
#include "store/reader.hpp"

namespace seedbed {

namespace {

constexpr const char* file_name = ".seals";
constexpr std::string_view heading = "seals 1\n";

std::uint64_t checksum(std::string_view text) {
  return crc32_z(0, reinterpret_cast<const Bytef*>(text.data()), text.size());
}

std::uint64_t nanoseconds(const timespec& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * 1000000000u +
         static_cast<std::uint64_t>(time.tv_nsec);
}

/// Takes a number and the blank behind it from the front of a line.
bool take(std::string_view& line, std::uint64_t& number) {
  const char* end = line.data() + line.size();
  const auto [stop, problem] = std::from_chars(line.data(), end, number);
  if (problem != std::errc() || stop == end) return false;
  line.remove_prefix(static_cast<std::size_t>(stop - line.data()) + 1);
  return true;
}

}  // namespace

CheckedSeals::CheckedSeals(std::filesystem::path folder)
    : folder_(std::move(folder)), known_(read(folder_ / file_name)) {}

std::optional<CheckedSeals::Print> CheckedSeals::print_of(const std::filesystem::path& path) {
  struct stat now {};
  if (::stat(path.c_str(), &now) != 0) return std::nullopt;
  return Print{now.st_ino, static_cast<std::uint64_t>(now.st_size), nanoseconds(now.st_mtim),
               nanoseconds(now.st_ctim)};
}

/// heading, then per line: inode size contents change task file, then the checksum of all that.
CheckedSeals::Seals CheckedSeals::read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string all(std::istreambuf_iterator<char>(file), {});
  const std::size_t end = all.size() < 2 ? std::string::npos : all.rfind('\n', all.size() - 2);
  if (!all.starts_with(heading) || end == std::string::npos || !all.ends_with('\n')) return {};
  std::string_view text(all.data(), end + 1), last(all.data() + end + 1, all.size() - end - 1);
  std::uint64_t expected = 0;
  if (!take(last, expected) || checksum(text) != expected) return {};
  Seals seals;
  for (text.remove_prefix(heading.size()); !text.empty();) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() + 1);
    Seal seal;
    Print& print = seal.print;
    if (!take(line, print.inode) || !take(line, print.size) || !take(line, print.contents_ns) ||
        !take(line, print.change_ns))
      return {};
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos) return {};
    seal.task = line.substr(0, blank);
    seals.emplace_hint(seals.end(), line.substr(blank + 1), std::move(seal));
  }
  return seals;
}

std::optional<std::string> CheckedSeals::task_id_of(const std::string& file) {
  const std::filesystem::path path = folder_ / file;
  const std::optional<Print> print = print_of(path);
  if (!print) return seedbed::task_id_of(path);  // not there, or a link that leads nowhere
  const auto found = known_.find(file);
  if (found != known_.end() && found->second.print == *print) return found->second.task;
  if (found != known_.end()) known_.erase(found);
  const std::optional<std::string> task = seedbed::task_id_of(path);
  const bool fits = task && task->find_first_of(" \n") == std::string::npos &&
                    file.find('\n') == std::string::npos && print == print_of(path);
  if (fits) known_[file] = {*print, *task};
  return task;
}

void CheckedSeals::publish() const {
  const std::filesystem::path path = folder_ / file_name;
  Seals all = read(path);
  for (const auto& [file, seal] : known_) all[file] = seal;
  std::string text(heading);
  for (const auto& [file, seal] : all) {
    const Print& print = seal.print;
    for (const std::uint64_t number : {print.inode, print.size, print.contents_ns, print.change_ns})
      text += std::to_string(number) + ' ';
    text += seal.task + ' ' + file + '\n';
  }
  text += std::to_string(checksum(text)) + '\n';
  const std::filesystem::path partial = partial_path(own_path(path));
  std::ofstream out(partial, std::ios::binary);
  out << text << std::flush;
  std::error_code ignored;
  if (out) std::filesystem::rename(partial, path, ignored);
  std::filesystem::remove(partial, ignored);
}

}  // namespace seedbed
