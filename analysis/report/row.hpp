#pragma once
#include <string>
#include <vector>

#include "analysis/report/results.hpp"
#include "analysis/report/table.hpp"

namespace seedbed::analysis {

Entry number(double value, int digits = 4);
Entry share(double value);  ///< "12 %"; "-" for NaN.

/// values[i], or NaN where there is none.
double at(const std::vector<double>& values, std::size_t i);

/// The labels of a cell, one entry per axis.
void add_coordinates(const Stage& stage, std::size_t cell, std::vector<Entry>& row);

/// A mean, rounded as its half width allows, and that.
void add_mean(double mean, double half_width, std::vector<Entry>& row);

/// Titled "<stage>: <what>", with a column per axis.
Table empty_table(const Stage& stage, const std::string& what);

bool any_positive(const std::vector<double>& values);

}  // namespace seedbed::analysis
