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

/// Empty of a process that is not there, or that nobody has waited for yet.
std::string command_of(pid_t pid) {
  std::string command = contents(fmt::format("/proc/{}/cmdline", pid));
  if (!command.empty() && command.back() == '\0') command.pop_back();
  std::replace(command.begin(), command.end(), '\0', ' ');
  return command;
}

}  // namespace

LockHolder LockHolder::here() {
  return {this_host(), ::getpid(),
          fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))),
          command_of(::getpid())};
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

bool LockHolder::is_here() const {
  return host == this_host();
}

/// Numbers of processes are used again, so it counts what the process does.
bool LockHolder::has_ended() const {
  return is_here() && command_of(pid) != command;
}

}  // namespace seedbed
