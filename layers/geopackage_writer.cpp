#include "layers/geopackage_writer.hpp"
