#include "analysis/report/table.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "analysis/report/number.hpp"

using namespace seedbed::analysis;

TEST_CASE("a table is aligned by what is seen, words to the left and numbers to the right") {
  const Table table{"T",
                    {"name", "x"},
                    {{word("é"), {"1.5", "1.5"}}, {word("long name"), {"10", "10"}}},
                    {"Note."}};
  CHECK(table.text() ==
        "T\n\n"
        "name         x\n"
        "──────────────\n"
        "é          1.5\n"
        "long name   10\n"
        "Note.\n");
  CHECK(table.markdown() ==
        "## T\n\n"
        "| name      |    x |\n"
        "| --------- | ---: |\n"
        "| é         |  1.5 |\n"
        "| long name |   10 |\n"
        "\nNote.\n");
}

TEST_CASE("LaTeX has booktabs' rules, and what it would read as commands is escaped") {
  const Table table{"T", {"a_b", "± 95 %"}, {{word("x & y"), {"1", "1"}}}, {"Note."}};
  CHECK(table.latex() ==
        "\\begin{table}\n\\caption{T}\n\\begin{tabular}{lr}\n\\toprule\n"
        "a\\_b & $\\pm$ 95 \\% \\\\\n\\midrule\nx \\& y & 1 \\\\\n\\bottomrule\n"
        "\\end{tabular}\n\n\\footnotesize Note.\n\\end{table}\n");
}

TEST_CASE("CSV quotes what needs it and keeps numbers in full") {
  const Table table{"", {"a,b", "x"}, {{word("say \"hi\""), {"0.1", exact(0.1)}}}, {}};
  CHECK(table.csv() == "\"a,b\",x\n\"say \"\"hi\"\"\",0.1\n");
}

TEST_CASE("numbers have sensible digits") {
  CHECK(rounded(-1.60577) == "-1.606");
  CHECK(rounded(1234.5) == "1234");
  CHECK(rounded(2.186e6) == "2.186e+06");
  CHECK(rounded(0) == "0");
  CHECK(rounded(std::nan("")) == "-");
  CHECK(rounded(-INFINITY) == "-inf");
  const auto mean = rounded_mean(-161.23456, 2.345);
  CHECK(mean.mean == "-161.2");
  CHECK(mean.half_width == "2.3");
  CHECK(rounded_mean(-161.23456, 234).mean == "-161");
  CHECK(rounded_mean(3, std::nan("")).half_width == "-");
  CHECK(exact(1.0 / 3) == "0.3333333333333333");
}
