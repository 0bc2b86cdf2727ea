#include "geo/area.hpp"
