#pragma once
#include <string>
#include <thread>

#include "laws/block.hpp"

namespace seedbed::contract {

/// Runs `body(0)` and `body(1)` in two threads at once; what either throws is a broken law.
template <class Body>
void in_two_threads(Body&& body) {
  std::string failure[2];
  const auto guarded = [&](std::size_t i) {
    try {
      body(i);
    } catch (const std::exception& error) {
      failure[i] = error.what();
    }
  };
  std::thread first(guarded, 0), second(guarded, 1);
  first.join();
  second.join();
  for (const std::string& text : failure)
    demand(text.empty(), "two threads give the same bits", text);
}

}  // namespace seedbed::contract
