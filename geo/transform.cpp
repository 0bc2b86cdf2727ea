#include "geo/transform.hpp"
