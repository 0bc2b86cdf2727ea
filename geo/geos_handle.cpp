#include "geo/geos_handle.hpp"
