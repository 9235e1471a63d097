#pragma once
#include <string>

#include "analysis/report/table.hpp"

namespace seedbed::analysis {

/// Text as HTML shows it, between tags and in quoted attributes.
std::string in_html(const std::string& text);

/// JSON that can stand in a <script>.
std::string in_script(std::string json);

/// A table with its caption and notes, whose columns sort by page.js.
std::string html(const Table& table);

}  // namespace seedbed::analysis
