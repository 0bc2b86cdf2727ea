#include "geo/indexed_ring.hpp"
