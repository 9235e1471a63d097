#include "runner/terminal.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <cwchar>
#include <ostream>
#include <string_view>

namespace seedbed {

namespace {

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value && *value;
}

/// libc knows how wide characters are, in a locale that has them; of this thread, for a while.
class Utf8 {
 public:
  Utf8() : before_(::uselocale(locale())) {}
  ~Utf8() { ::uselocale(before_); }

 private:
  static locale_t locale() {
    static const locale_t utf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return utf8 ? utf8 : LC_GLOBAL_LOCALE;
  }
  locale_t before_;
};

struct Character {
  std::string_view bytes;
  std::size_t columns;
};

/// The first character of a text that is not empty.
Character first_of(std::string_view text) {
  std::mbstate_t state{};
  wchar_t character = 0;
  const std::size_t bytes = std::mbrtowc(&character, text.data(), text.size(), &state);
  if (bytes == 0 || bytes > text.size()) return {"?", 1};
  const int columns = ::wcwidth(character);
  if (columns < 0) return {"?", 1};
  return {text.substr(0, bytes), static_cast<std::size_t>(columns)};
}

/// Bytes of the text that first_of has taken.
std::size_t taken(std::string_view text) {
  std::mbstate_t state{};
  const std::size_t bytes = std::mbrtowc(nullptr, text.data(), text.size(), &state);
  return bytes == 0 || bytes > text.size() ? 1 : bytes;
}

}  // namespace

Terminal Terminal::of_standard_error() {
  const char* type = std::getenv("TERM");
  Terminal terminal;
  terminal.descriptor = STDERR_FILENO;
  terminal.is_screen =
      ::isatty(STDERR_FILENO) == 1 && type && *type && std::string_view(type) != "dumb";
  terminal.has_colour = terminal.is_screen && !is_set("NO_COLOR");
  return terminal;
}

Terminal::Size Terminal::size() const {
  winsize window{};
  if (::ioctl(descriptor, TIOCGWINSZ, &window) != 0 || !window.ws_col || !window.ws_row)
    return {24, 80};
  return {window.ws_row, window.ws_col};
}

std::size_t display_width(const std::string& text) {
  const Utf8 locale;
  std::size_t columns = 0;
  for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(taken(rest)))
    columns += first_of(rest).columns;
  return columns;
}

std::string cut_to(const std::string& text, std::size_t columns) {
  const bool cut = display_width(text) > columns;
  const std::size_t room = cut && columns > 0 ? columns - 1 : columns;  // one for the mark
  const Utf8 locale;
  std::string shown;
  std::size_t used = 0;
  for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(taken(rest))) {
    const Character next = first_of(rest);
    if (used + next.columns > room) break;
    used += next.columns;
    shown += next.bytes;
  }
  return cut && columns > 0 ? shown + "…" : shown;
}

std::string Banner::cleared() const {
  if (lines_ == 0) return "";
  return lines_ == 1 ? "\r\033[J" : fmt::format("\r\033[{}A\033[J", lines_ - 1);
}

void Banner::draw(const std::vector<std::string>& lines) {
  std::string text = lines_ > 1 ? fmt::format("\r\033[{}A", lines_ - 1) : "\r";
  for (std::size_t i = 0; i < lines.size(); ++i)
    text += lines[i] + (i + 1 < lines.size() ? "\033[K\r\n" : "\033[J");
  lines_ = lines.size();
  out_ << text << std::flush;
}

void Banner::clear() {
  above("");
}

void Banner::above(const std::string& text) {
  out_ << cleared() + text << std::flush;
  lines_ = 0;
}

}  // namespace seedbed
