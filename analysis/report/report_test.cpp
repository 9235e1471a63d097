#include "analysis/report/report.hpp"

#include <catch2/catch.hpp>
TEST_CASE("x") {}
