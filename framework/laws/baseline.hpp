#pragma once
#include "engine/instance.hpp"
#include "engine/recording.hpp"
#include "laws/law.hpp"

namespace seedbed::contract {

/// A baseline and a batch, asked for whole returns and for returns to go, with the state that it
/// begins with and the one after a batch.
struct BaselineTrial {
  const Instance& baseline;
  const Recording& recording;
};

/// What every baseline keeps: finite values, purity, and that b depends on no more than it says:
/// NOTHING and EARLIER_BATCHES on no reward of this batch, OTHER_TRAJECTORIES on none of its own.
/// Not checked: that b does not depend on actions.
const Laws<BaselineTrial>& baseline_laws();
/// b as text: equal in another process.
std::string fingerprint(const BaselineTrial& trial);

}  // namespace seedbed::contract
