#include "geo/shape.hpp"
