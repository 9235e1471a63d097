#pragma once
#include <string>

#include "store/declaration.hpp"

namespace seedbed {

/// The texts of /provenance: of run files, and of results.h5.
Declarations provenance_of_runs();
Declarations provenance_of_results();

/// A text of /provenance; one that is not in that list says nothing but its name.
void write_provenance(Writer& writer, const std::string& name, const std::string& text);

}  // namespace seedbed
