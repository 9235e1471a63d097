#include "grid.hpp"

#include <algorithm>
#include <limits>

namespace seedbed {

namespace {

std::size_t default_columns(std::size_t states) {
  std::size_t rows = 1;
  for (std::size_t k = 1; k * k <= states; ++k)
    if (states % k == 0) rows = k;
  return states / rows;
}

}  // namespace

Grid::Grid(const Process& p, std::size_t columns)
    : columns_(columns ? columns : default_columns(p.states)),
      rows_((p.states + columns_ - 1) / columns_),
      ink_(p.states, SEEDBED_INK_SCENE),
      shown_(p.states, false) {
  double best = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < p.rows(); ++i)
    if (p.terminated[i] != 0.0) best = std::max(best, p.reward[i]);
  for (std::size_t s = 0; s < p.initial.size(); ++s)
    if (p.initial[s] > 0.0) shown_[s] = true;
  for (std::size_t i = 0; i < p.rows(); ++i) {
    if (p.probability[i] == 0.0) continue;
    shown_[p.next[i]] = true;
    if (p.terminated[i] == 0.0 || ink_[p.next[i]] == SEEDBED_INK_GOAL) continue;
    ink_[p.next[i]] = p.reward[i] == best ? SEEDBED_INK_GOAL : SEEDBED_INK_DANGER;
  }
}

View Grid::view() const {
  return {-0.1, -0.1, static_cast<double>(columns_) + 0.1, static_cast<double>(rows_) + 0.1};
}

void Grid::draw(std::size_t state, Canvas& canvas) const {
  for (std::size_t s = 0; s < shown_.size(); ++s) {
    if (!shown_[s]) continue;
    const double x = static_cast<double>(column(s)), y = top(s);
    if (ink_[s] != SEEDBED_INK_SCENE) canvas.box(ink_[s], x + 0.1, y - 0.9, x + 0.9, y - 0.1);
    for (const double side : {0.0, 1.0}) {
      canvas.line(SEEDBED_INK_SCENE, 0.03, x + side, y, x + side, y - 1.0);
      canvas.line(SEEDBED_INK_SCENE, 0.03, x, y - side, x + 1.0, y - side);
    }
  }
  const double x = static_cast<double>(column(state)) + 0.5, y = top(state) - 0.5;
  canvas.circle(SEEDBED_INK_TRAIL, x, y, 0.1);
  canvas.circle(SEEDBED_INK_BODY, x, y, 0.3);
}

}  // namespace seedbed
