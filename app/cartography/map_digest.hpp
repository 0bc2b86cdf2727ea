#pragma once

#include "app/cartography/content_digest.hpp"
#include "app/cartography/map_description.hpp"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace app {

/// Digests of zones' outlines, each made once. A zone is drawn in part only, and told whole: a change
/// anywhere in it changes the sheets that show a part of it. Thread-safe.
class ZoneDigests {
  public:
    [[nodiscard]] std::string of(const geo::IndexedZone& zone);

  private:
    std::mutex m_mutex;
    std::map<const geo::IndexedZone*, std::string> m_known;
};

/// Everything that a map shows in a frame: view, symbols, outlines, labels.
void addToDigest(ContentDigest& digest, const MapDescription& map, const PageBox& frame, ZoneDigests& zones);
void addToDigest(ContentDigest& digest, const std::vector<LegendEntry>& legend);

} // namespace app
