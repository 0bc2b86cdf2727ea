#pragma once

#include "layers/feature_source.hpp"

#include <memory>

namespace layers {

/// The source itself, or, with options.join, the source with the table's columns behind its fields. Features
/// get the row of their key; where there is none, or several that differ, the columns stay empty. What
/// matched and what did not, on both sides, is told at the end. Throws layers::Error when the table or a
/// field cannot be used, and at the end when nothing matched at all.
[[nodiscard]] std::unique_ptr<FeatureSource> joinedSource(std::unique_ptr<FeatureSource> source,
                                                          const ReadOptions& options, ProblemLog& log);

} // namespace layers
