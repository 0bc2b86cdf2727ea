#include "layers/settings.hpp"
