#include "geo/geodesic.hpp"
