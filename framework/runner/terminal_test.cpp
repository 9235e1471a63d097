#include "runner/terminal.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace seedbed;

TEST_CASE("texts are cut by the columns that they take, not by their bytes") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("σ=0.1") == 5);
  CHECK(display_width("实验") == 4);
  CHECK(cut_to("abcdef", 6) == "abcdef");
  CHECK(cut_to("abcdef", 5) == "abcd…");
  CHECK(cut_to("实验室", 4) == "实…");  // a wide character does not fit by half
  CHECK(cut_to("σσσσ", 3) == "σσ…");
  CHECK(cut_to("abc", 0).empty());
}

TEST_CASE("what would move the cursor, or is no UTF-8, is shown as a question mark") {
  CHECK(cut_to("a\033[2Jb\n", 20) == "a?[2Jb?");
  CHECK(cut_to("\xff\xc3", 20) == "??");
}

TEST_CASE("lines are drawn over the ones before, and what is said stays above") {
  std::ostringstream out;
  Banner banner(out);
  banner.draw({"one", "two"});
  CHECK(out.str() == "\rone\033[K\r\ntwo\033[J");
  out.str("");
  banner.draw({"three"});
  CHECK(out.str() == "\r\033[1Athree\033[J");
  out.str("");
  banner.above("said\n");
  CHECK(out.str() == "\r\033[Jsaid\n");
  out.str("");
  banner.clear();
  CHECK(out.str().empty());
}
