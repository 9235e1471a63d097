#include "suite/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loader/nearest.hpp"
#include "suite/contains.hpp"

namespace seedbed {
namespace {

constexpr std::size_t widest = 120;  // bytes of a line that are shown

/// Bytes [begin, end) of a line, around `at`; whole characters of UTF-8.
std::pair<std::size_t, std::size_t> window(const std::string& line, std::size_t at) {
  const auto within = [&](std::size_t i) {
    return i < line.size() && (static_cast<unsigned char>(line[i]) & 0xC0) == 0x80;
  };
  if (line.size() <= widest) return {0, line.size()};
  std::size_t begin = at > widest / 2 ? std::min(at, line.size()) - widest / 2 : 0;
  std::size_t end = std::min(begin + widest, line.size());
  while (begin < end && within(begin)) ++begin;
  while (end > begin && within(end)) --end;
  return {begin, end};
}

/// The offending line, and carets under the part that is meant. Of a long line what is around it.
std::string excerpt(const Place& place, const std::string& hint) {
  const std::vector<std::string>& lines = place.source->lines;
  if (place.line < 1 || place.line > lines.size()) return hint.empty() ? "" : "     " + hint + "\n";
  const auto [begin, end] = window(lines[place.line - 1], place.column);
  std::string line = lines[place.line - 1].substr(begin, end - begin);
  for (char& c : line)  // what a terminal would obey
    if (static_cast<unsigned char>(c) < ' ' && c != '\t') c = '?';
  std::string under;
  for (std::size_t i = 0; i + 1 + begin < place.column && i < line.size(); ++i)
    under += line[i] == '\t' ? '\t' : ' ';
  const std::size_t rest = line.size() > under.size() ? line.size() - under.size() : 1;
  under += std::string(std::min<std::size_t>(place.width, rest), '^');
  if (!hint.empty()) under += " " + hint;
  return fmt::format("{:5} | {}\n      | {}\n", place.line, line, under);
}

std::string formatted(const Place& place, const std::string& message, const std::string& hint) {
  if (place.source->file)
    return fmt::format("{}:{}:{}: error: {}\n{}", place.source->name, place.line, place.column,
                       message, excerpt(place, hint));
  return fmt::format("{}: error: {}\n", place.source->name, message) +
         (hint.empty() ? "" : "      " + hint + "\n");
}

}  // namespace

void Diagnostics::add(const Place& place, const std::string& message, const std::string& hint) {
  add(place, message, hint, false);
}

void Diagnostics::add_unmet(const Place& place, const std::string& message) {
  add(place, message, "", true);
}

void Diagnostics::add(const Place& place, const std::string& message, const std::string& hint,
                      bool is_unmet) {
  const std::string text = formatted(place, message, hint);
  if (said_.insert(text).second) found_.push_back({place, text, is_unmet});
}

void Diagnostics::note(const std::string& text) {
  if (!contains(notes_, text)) notes_.push_back(text);
}

void Diagnostics::check() const {
  if (found_.empty()) return;
  std::vector<Diagnostic> sorted = found_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Diagnostic& a, const Diagnostic& b) {
    if (a.place.source->file != b.place.source->file) return b.place.source->file;
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
  std::string text;
  for (const Diagnostic& diagnostic : sorted) text += diagnostic.text;
  for (const std::string& note : notes_) text += note + "\n";
  while (text.ends_with('\n')) text.pop_back();
  throw SuiteError(text, std::ranges::all_of(found_, &Diagnostic::is_unmet));
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates) {
  const std::string near = nearest(word, candidates);
  return near.empty() ? "" : "did you mean '" + near + "'?";
}

}  // namespace seedbed
