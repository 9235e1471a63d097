#pragma once
#include <algorithm>
#include <iterator>

namespace seedbed {

/// Whether `item` is among `items`: std::ranges::contains of C++23.
template <class Items, class Item>
bool contains(const Items& items, const Item& item) {
  return std::find(std::begin(items), std::end(items), item) != std::end(items);
}

}  // namespace seedbed
