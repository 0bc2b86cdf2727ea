#include "layers/records.hpp"
