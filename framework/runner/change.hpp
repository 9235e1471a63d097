#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "runner/provenance.hpp"
#include "suite/plan.hpp"

namespace seedbed {

class Reader;

/// What /provenance of a published file says, as it was written; damaged files throw (exit 5).
Texts provenance_in(const Reader& file);
/// The text of that name, or "".
std::string text_of(const Texts& texts, const std::string& name);

/// In what the makings of two runs differ, one line each: "plugin 'sgd' rebuilt (sha256 0123abcd…
/// → 4567cdef…)", "seed 7 → 8", "policy.sigma 0.04 → 0.1", "compiler GNU 12 → Clang 14". Looks at
/// resolved, plugins, noise and build; what one of them does not say is no difference.
std::vector<std::string> changes_between(const Texts& before, const Texts& after);

/// The same between the published run file of a task and the task itself, with commas between.
/// What does not make it another task, such as the compiler of the engine, is left out.
std::string change_of(const Suite& suite, const Task& task, const std::filesystem::path& run_file);

/// change_of for the run files below `output`, for make_plan.
WhyChanged changes_below(const Suite& suite, const std::filesystem::path& output);

}  // namespace seedbed
