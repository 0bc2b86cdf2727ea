#include "geo/zone_index.hpp"
