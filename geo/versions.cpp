#include "geo/versions.hpp"

#include "geo/geos_handle.hpp"

#include <proj.h>

namespace geo {

std::string geosVersion() {
    return GEOSversion();
}

std::string projVersion() {
    return proj_info().version;
}

} // namespace geo
