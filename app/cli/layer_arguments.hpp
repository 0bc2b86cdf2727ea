#pragma once

#include "app/cli/input_arguments.hpp"
#include "geo/progress.hpp"
#include "layers/known_places.hpp"
#include "layers/profile.hpp"
#include "layers/reader.hpp"

#include <optional>
#include <string>
#include <vector>

namespace app {

/// What can be said of one layer that is read, without a role before it: as `inspect` takes it, too.
struct LayerArguments {
    std::string crs;
    std::string encoding;
    PositionFlags positions;
    JoinArguments join;
    MaskArguments mask;
    KnownArguments known;
    std::string settings;
    std::vector<std::string> mappings;
    std::vector<std::string> profiles;
    std::vector<std::string> allowDrivers;
};

/// Which options: those for layers of zones or counties, or also those that only patches know.
enum class LayerKind { Zones, Patches };
void addLayerOptions(CLI::App& command, LayerArguments& arguments, LayerKind kind);

/// Refuses options that name another role than the layer's (--crs redline=EPSG:n): they would be used in
/// silence.
/// @param whose what says the role, for the message
void refuseOtherRoles(const LayerArguments& arguments, layers::Role role, const std::string& whose);

/// Read options made of the arguments, with what they point to.
class LayerReading {
  public:
    /// Loads profiles and reads the layer of --known. Throws layers::Error, CLI::ValidationError.
    LayerReading(const LayerArguments& arguments, layers::Role role, geo::Progress& progress);
    [[nodiscard]] layers::ReadOptions& options() { return m_options; }

  private:
    std::vector<layers::ImportProfile> m_profiles;
    std::optional<layers::KnownPlaces> m_known;
    layers::ReadOptions m_options;
};

} // namespace app
