#include "geo/wkb.hpp"
