#pragma once

#include "layers/lineage.hpp"
#include "layers/project/project_file.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace layers {

/// Where a patch of the batch lies; an empty box where its geometry is missing or cannot be read.
struct PatchPlace {
    std::int64_t id = 0;
    std::string patchId; ///< as received
    geo::Dimension dimension = geo::Dimension::Empty;
    geo::Box box;
};

/// A patch of an earlier batch with its shape (empty where it cannot be read).
struct KnownPatch {
    EarlierPatch facts;
    geo::Shape shape;
};

/// Looks for patches of earlier batches (those added before) near a place, through the project's R-trees and
/// its index of received ids, and reads only what it is asked for. Stays on the project's own connection, so
/// that it works inside a Change; one thread at a time.
class PatchSearch {
  public:
    /// @param batch the new one; throws layers::Error when the project has no such batch
    PatchSearch(const ProjectFile& project, std::int64_t batch);
    ~PatchSearch();
    PatchSearch(const PatchSearch&) = delete;
    PatchSearch& operator=(const PatchSearch&) = delete;

    /// The patches of the batch by their rows; shapes are not kept.
    [[nodiscard]] const std::vector<PatchPlace>& patches() const;
    /// Empty where it is missing or cannot be read.
    [[nodiscard]] geo::Shape shapeOf(std::int64_t patch) const;
    [[nodiscard]] Change changeOf(std::int64_t patch) const; ///< 变化情况 as received
    /// Whether there is an earlier batch at all.
    [[nodiscard]] bool hasEarlier() const;

    /// Appends rows of patches of other batches of this dimension whose boxes meet `box` (a little too many:
    /// the index rounds outwards), ascending.
    void near(geo::Dimension dimension, const geo::Box& box, std::vector<std::int64_t>& found) const;
    /// Nothing where the patch is of no earlier batch.
    [[nodiscard]] std::optional<KnownPatch> read(std::int64_t patch) const;
    /// The newest patch of an earlier batch with this received id.
    [[nodiscard]] std::optional<std::int64_t> newestWithId(const std::string& patchId) const;

  private:
    struct Statements;
    const ProjectFile& m_project;
    std::int64_t m_batch;
    std::unique_ptr<Statements> m_statements;
    std::vector<PatchPlace> m_patches;
};

} // namespace layers
