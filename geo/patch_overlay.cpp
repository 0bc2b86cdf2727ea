#include "geo/patch_overlay.hpp"
