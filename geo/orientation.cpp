#include "geo/indexed_ring.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

namespace geo {

namespace {

/// Fixed-point number wide enough for any sum of products of doubles, in two's complement: no rounding, no
/// overflow.
class ExactSum {
  public:
    /// Adds sign · a · b.
    void addProduct(double a, double b, int sign) {
        if (a == 0 || b == 0) {
            return;
        }
        const Parts pa = split(a);
        const Parts pb = split(b);
        const unsigned shift = pa.exponent + pb.exponent;
        // 53-bit halves multiplied by 32-bit pieces, so that standard integers hold every partial product.
        std::array<std::uint32_t, kPieces> product{};
        multiply(pa.mantissa, pb.mantissa, product);
        accumulate(product, shift, (pa.negative != pb.negative) != (sign < 0));
    }
    [[nodiscard]] int sign() const {
        if ((m_limbs.back() & kTopBit) != 0) {
            return -1;
        }
        for (const std::uint32_t limb : m_limbs) {
            if (limb != 0) {
                return 1;
            }
        }
        return 0;
    }

  private:
    static constexpr unsigned kLimbBits = 32;
    static constexpr std::uint32_t kTopBit = 1U << (kLimbBits - 1);
    static constexpr std::size_t kPieces = 4;
    // Exponents of products run from 2·(-1074) to 2·971, mantissas have 106 bits, six terms need three more.
    static constexpr int kMinExponent = -1074;
    static constexpr std::size_t kLimbs = (2 * (971 + 1074) + 106 + 8) / kLimbBits + 2;

    struct Parts {
        std::uint64_t mantissa;
        unsigned exponent; ///< above kMinExponent
        bool negative;
    };

    static Parts split(double value) {
        int exponent = 0;
        const double fraction = std::frexp(std::fabs(value), &exponent);
        constexpr int kDigits = std::numeric_limits<double>::digits;
        auto mantissa = static_cast<std::uint64_t>(std::ldexp(fraction, kDigits));
        exponent -= kDigits;
        while (exponent < kMinExponent) { // subnormal numbers have low zero bits to give
            mantissa >>= 1U;
            ++exponent;
        }
        return {mantissa, static_cast<unsigned>(exponent - kMinExponent), std::signbit(value)};
    }

    static void multiply(std::uint64_t a, std::uint64_t b, std::array<std::uint32_t, kPieces>& product) {
        const std::array<std::uint64_t, 2> pa{a & 0xffffffffU, a >> kLimbBits};
        const std::array<std::uint64_t, 2> pb{b & 0xffffffffU, b >> kLimbBits};
        for (std::size_t i = 0; i < pa.size(); ++i) {
            std::uint64_t carry = 0;
            for (std::size_t j = 0; j < pb.size(); ++j) {
                const std::uint64_t sum = pa[i] * pb[j] + product[i + j] + carry;
                product[i + j] = static_cast<std::uint32_t>(sum);
                carry = sum >> kLimbBits;
            }
            product[i + pb.size()] = static_cast<std::uint32_t>(carry);
        }
    }

    void accumulate(const std::array<std::uint32_t, kPieces>& product, unsigned shift, bool negative) {
        const std::size_t limb = shift / kLimbBits;
        const unsigned bits = shift % kLimbBits;
        std::array<std::uint32_t, kPieces + 1> shifted{};
        for (std::size_t i = 0; i < kPieces; ++i) {
            const std::uint64_t wide = static_cast<std::uint64_t>(product[i]) << bits;
            shifted[i] |= static_cast<std::uint32_t>(wide);
            shifted[i + 1] = static_cast<std::uint32_t>(wide >> kLimbBits);
        }
        std::uint64_t carry = negative ? 1 : 0;
        for (std::size_t i = limb; i < m_limbs.size(); ++i) {
            const std::size_t piece = i - limb;
            std::uint32_t term = piece < shifted.size() ? shifted[piece] : 0;
            term = negative ? ~term : term;
            const std::uint64_t sum = static_cast<std::uint64_t>(m_limbs[i]) + term + carry;
            m_limbs[i] = static_cast<std::uint32_t>(sum);
            carry = sum >> kLimbBits;
        }
    }

    std::array<std::uint32_t, kLimbs> m_limbs{};
};

int signOf(double value) {
    return value > 0 ? 1 : (value < 0 ? -1 : 0);
}

/// ax·by − ay·bx written out over the coordinates themselves, so that no difference is rounded.
int exactOrientation(const Coordinate& a, const Coordinate& b, const Coordinate& c) {
    ExactSum sum;
    sum.addProduct(a.x, b.y, 1);
    sum.addProduct(a.y, b.x, -1);
    sum.addProduct(b.x, c.y, 1);
    sum.addProduct(b.y, c.x, -1);
    sum.addProduct(c.x, a.y, 1);
    sum.addProduct(c.y, a.x, -1);
    return sum.sign();
}

/// True when high + low is the exact difference a − b with low = 0 (Knuth's two-difference).
bool isExactDifference(double a, double b, double difference) {
    const double bVirtual = a - difference;
    const double aVirtual = difference + bVirtual;
    return (a - aVirtual) + (bVirtual - b) == 0;
}

/// Orientation where the rounded determinant does not tell.
int carefulOrientation(const Coordinate& a, const Coordinate& b, const Coordinate& c) {
    const double acx = a.x - c.x;
    const double bcx = b.x - c.x;
    const double acy = a.y - c.y;
    const double bcy = b.y - c.y;
    // A rounded difference has the sign of the true one, so different signs of the products need no
    // arithmetic.
    const int leftSign = signOf(acx) * signOf(bcy);
    const int rightSign = signOf(acy) * signOf(bcx);
    if (leftSign != rightSign) {
        return leftSign > rightSign ? 1 : -1;
    }
    if (leftSign == 0) {
        return 0;
    }
    const double left = acx * bcy;
    const double right = acy * bcx;
    // Between these bounds the rounding errors of products are doubles themselves.
    constexpr double kSmallestSafeProduct = 1e-280;
    constexpr double kLargestSafeProduct = 1e300;
    const auto isSafe = [](double product) {
        return std::fabs(product) > kSmallestSafeProduct && std::fabs(product) < kLargestSafeProduct;
    };
    if (isSafe(left) && isSafe(right) && isExactDifference(a.x, c.x, acx) &&
        isExactDifference(b.x, c.x, bcx) && isExactDifference(a.y, c.y, acy) &&
        isExactDifference(b.y, c.y, bcy)) {
        // Rounding keeps the order of two products; where they round to the same double, their errors decide.
        if (left != right) {
            return left > right ? 1 : -1;
        }
        return signOf(std::fma(acx, bcy, -left) - std::fma(acy, bcx, -right));
    }
    return exactOrientation(a, b, c);
}

} // namespace

int orientation(const Coordinate& a, const Coordinate& b, const Coordinate& c) {
    // Shewchuk's error bound of the rounded determinant; below it, or where products may have lost bits to
    // underflow or overflow, the careful way decides.
    constexpr double kEpsilon = std::numeric_limits<double>::epsilon() / 2;
    constexpr double kErrorBound = (3 + 16 * kEpsilon) * kEpsilon;
    constexpr double kSmallestSafeSum = 1e-280;
    const double left = (a.x - c.x) * (b.y - c.y);
    const double right = (a.y - c.y) * (b.x - c.x);
    const double determinant = left - right;
    const double sum = std::fabs(left) + std::fabs(right);
    if (sum > kSmallestSafeSum && sum < std::numeric_limits<double>::infinity() &&
        std::fabs(determinant) > kErrorBound * sum) {
        return signOf(determinant);
    }
    return carefulOrientation(a, b, c);
}

} // namespace geo
