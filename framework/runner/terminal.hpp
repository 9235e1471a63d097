#pragma once
#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

namespace seedbed {

/// What messages are shown on. A file, a pipe and TERM=dumb are no screen.
struct Terminal {
  bool is_screen = false;   ///< Lines can be drawn over.
  bool has_colour = false;  ///< A screen, and NO_COLOR is not set.
  int descriptor = 2;

  /// Of standard error and the environment, now.
  static Terminal of_standard_error();

  struct Size {
    std::size_t rows, columns;
  };
  Size size() const;  ///< Asked anew each time: windows change. 24 x 80 where nobody knows.
};

/// Columns that a text takes; what cannot be shown takes one.
std::size_t display_width(const std::string& text);
/// The text in at most so many columns, with "…" where it was cut. What would move the cursor, and
/// bytes that are not UTF-8, become '?'.
std::string cut_to(const std::string& text, std::size_t columns);

/// Lines at the bottom of a screen that are drawn over, each time by one write. The cursor is never
/// hidden and stays behind them, so that there is nothing to restore, whatever kills the process.
class Banner {
 public:
  explicit Banner(std::ostream& out) : out_(out) {}

  void draw(const std::vector<std::string>& lines);
  void clear();
  /// Text that stays, above the lines; ends in a newline. The lines are gone until they are drawn.
  void above(const std::string& text);

 private:
  std::string cleared() const;
  std::ostream& out_;
  std::size_t lines_ = 0;
};

}  // namespace seedbed
