#include <catch2/catch.hpp>
#include <limits>
#include <seedbed/linear.hpp>
#include <seedbed/math.hpp>
#include <vector>

#include "engine/arena.hpp"

using namespace seedbed;

/// Segments of every length up to 40 and two that outgrow a run, in the order given or backwards.
TEST_CASE("sums over segments are those of math::dot, wherever a segment begins and ends") {
  const std::size_t rows = 2, columns = 5;
  std::vector<std::uint64_t> begin, length;
  std::size_t n = 0;
  for (std::size_t i = 0; i < 43; ++i) {
    begin.push_back(n);
    length.push_back(i < 41 ? i : 300 * (i - 40) + 7);
    n += length.back();
  }
  std::vector<double> D(rows * n), x(columns * n);
  for (std::size_t i = 0; i < D.size(); ++i) D[i] = 1.0 / static_cast<double>(i + 3);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = 1.0 / static_cast<double>(i % 97 + 2);
  for (const bool backwards : {false, true}) {
    if (backwards) {
      std::reverse(begin.begin(), begin.end());
      std::reverse(length.begin(), length.end());
    }
    const std::size_t segments = begin.size();
    std::vector<double> G(rows * segments * columns, std::numeric_limits<double>::quiet_NaN());
    Arena arena;
    Scratch scratch(arena.fresh());
    OuterSums sums(rows, columns, scratch);
    for (SegmentRun run({segments, begin.data(), length.data()}); run.next();)
      sums.add(run, In(D.data() + run.first, n), In(x.data() + run.first, n), columns,
               [&](std::size_t i) { return &G[i * segments * columns]; });
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t s = 0; s < segments; ++s)
        for (std::size_t k = 0; k < columns; ++k)
          CHECK(G[(i * segments + s) * columns + k] ==
                math::dot(&D[i * n + begin[s]], &x[k * n + begin[s]], length[s]));
  }
}
