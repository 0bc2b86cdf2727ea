#include "geo/ring_tree.hpp"
