#include <fmt/format.h>

#include <seedbed/error.hpp>

#include "check/cases.hpp"
#include "loader/entry.hpp"

namespace seedbed {
namespace {

/// What some linkers export of every library.
bool is_the_linkers(const std::string& name) {
  for (const char* own : {"_init", "_fini", "_edata", "_end", "__bss_start"})
    if (name == own) return true;
  return false;
}

Verdict exports_only_its_entry(const Inquiry& inquiry) {
  std::string others;
  std::size_t count = 0;
  for (const std::string& name : exported_symbols(inquiry.library))
    if (name != SEEDBED_ENTRY && !is_the_linkers(name) && ++count <= 5)
      others += (others.empty() ? "" : ", ") + name;
  if (count == 0) return {};
  return {Result::fail,
          fmt::format("law 'no exported symbol but the entry': expected '{}' alone, got {} more: "
                      "{}{} (hide them: -fvisibility=hidden and a version script)",
                      SEEDBED_ENTRY, count, others, count > 5 ? ", ..." : "")};
}

}  // namespace

Cases library_cases(const Inquiry& inquiry) {
  return {{"library/exports-only-its-entry", [&] { return exports_only_its_entry(inquiry); }}};
}

}  // namespace seedbed
