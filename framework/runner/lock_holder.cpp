#include "runner/lock_holder.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace seedbed {

namespace {

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string this_host() {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  return host.data();
}

}  // namespace

LockHolder LockHolder::here() {
  std::string command = contents("/proc/self/cmdline");
  if (!command.empty() && command.back() == '\0') command.pop_back();
  std::replace(command.begin(), command.end(), '\0', ' ');
  return {this_host(), ::getpid(),
          fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))), command};
}

std::optional<LockHolder> LockHolder::in(const std::filesystem::path& file) {
  const auto text = nlohmann::json::parse(contents(file), nullptr, false);
  if (!text.is_object()) return std::nullopt;
  return LockHolder{text.value("host", "?"), text.value("pid", 0), text.value("since", "?"),
                    text.value("command", "?")};
}

std::string LockHolder::to_json() const {
  const nlohmann::ordered_json text{
      {"host", host}, {"pid", pid}, {"since", since}, {"command", command}};
  return text.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string LockHolder::text() const {
  return fmt::format("process {} on host {} since {} ({})", pid, host, since, command);
}

/// One that nobody has waited for yet (Z) has ended, too.
bool LockHolder::has_ended() const {
  if (host != this_host() || pid <= 0) return false;
  const std::string stat = contents(fmt::format("/proc/{}/stat", pid));
  const std::size_t name_end = stat.rfind(") ");
  return name_end == std::string::npos || stat[name_end + 2] == 'Z' || stat[name_end + 2] == 'X';
}

}  // namespace seedbed
