#include "geo/localise.hpp"
