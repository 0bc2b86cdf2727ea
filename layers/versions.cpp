#include "layers/versions.hpp"

#include <gdal.h>
#include <sqlite3.h>

namespace layers {

std::string gdalVersion() {
    return GDALVersionInfo("RELEASE_NAME");
}

std::string sqliteVersion() {
    return sqlite3_libversion();
}

} // namespace layers
