// A tight C++ program for model (c): 1,000 accounts (900 at 0.5/s, 100 at 5/s), each with a token
// bucket (capacity 10, refill 1/s), in front of 64 first-come servers with lognormal service (mean
// 0.1 s, coefficient of variation 1). It keeps no metrics but two means; Weir, with all its
// recorders, is compared with it: see speed.sh.
//
//   c++ -O3 -march=native -o model_c model_c.cpp && ./model_c 1000000
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

struct Random {  // xoshiro256++, Blackman and Vigna
  uint64_t s[4];
  explicit Random(uint64_t seed) {
    for (auto& word : s) {
      seed += 0x9E3779B97F4A7C15;
      uint64_t z = seed;
      z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
      z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
      word = z ^ (z >> 31);
    }
  }
  uint64_t next() {
    auto rotl = [](uint64_t x, int k) { return (x << k) | (x >> (64 - k)); };
    uint64_t result = rotl(s[0] + s[3], 23) + s[0], t = s[1] << 17;
    s[2] ^= s[0], s[3] ^= s[1], s[1] ^= s[2], s[0] ^= s[3], s[2] ^= t, s[3] = rotl(s[3], 45);
    return result;
  }
  double uniform() { return (next() >> 11) * 0x1p-53; }
};

struct Ziggurat {  // Marsaglia and Tsang, 256 layers
  double x[257], y[257];
  bool normal;
  double tail;
  Ziggurat(bool normal, double tail, double area) : normal(normal), tail(tail) {
    x[0] = area / f(tail), x[1] = tail, y[0] = 0, y[1] = f(tail);
    for (int i = 2; i < 256; i++) y[i] = y[i - 1] + area / x[i - 1], x[i] = inverse(y[i]);
    x[256] = 0, y[256] = 1;
  }
  double f(double v) const { return normal ? std::exp(-v * v / 2) : std::exp(-v); }
  double inverse(double v) const { return normal ? std::sqrt(-2 * std::log(v)) : -std::log(v); }
  double sample(Random& random) const {
    for (;;) {
      uint64_t bits = random.next();
      int layer = bits & 255;
      double sign = normal && (bits & 256) ? -1 : 1;
      double value = (bits >> 11) * 0x1p-53 * x[layer];
      if (value < x[layer + 1]) return sign * value;
      if (layer == 0) {
        if (!normal) return tail - std::log(1 - random.uniform());
        double a, b;
        do a = -std::log(1 - random.uniform()) / tail, b = -std::log(1 - random.uniform());
        while (2 * b < a * a);
        return sign * (tail + a);
      }
      if (y[layer] + random.uniform() * (y[layer + 1] - y[layer]) < f(value)) return sign * value;
    }
  }
};

struct Event {
  int64_t time;
  uint64_t what;  // account, or 2^32 + server
  bool operator>(const Event& other) const {
    return ((unsigned __int128)(uint64_t)time << 64 | what) >
           ((unsigned __int128)(uint64_t)other.time << 64 | other.what);
  }
};

struct Heap {
  std::vector<Event> events;
  void push(Event event) {
    size_t hole = events.size();
    events.push_back(event);
    while (hole > 0 && events[(hole - 1) / 2] > event)
      events[hole] = events[(hole - 1) / 2], hole = (hole - 1) / 2;
    events[hole] = event;
  }
  Event pop() {
    Event first = events.front(), last = events.back();
    events.pop_back();
    size_t count = events.size(), hole = 0;
    if (count == 0) return first;
    for (;;) {
      size_t child = 2 * hole + 1;
      if (child >= count) break;
      child += child + 1 < count && events[child] > events[child + 1];
      if (!(last > events[child])) break;
      events[hole] = events[child], hole = child;
    }
    events[hole] = last;
    return first;
  }
};

struct Bucket {
  int64_t tokens, updated, rest;
};

}  // namespace

int main(int argc, char** argv) {
  const int64_t requests = argc > 1 ? std::atoll(argv[1]) : 1000000;
  constexpr int accounts = 1000, light = 900, servers = 64;
  constexpr int64_t second = 1000000000, capacity = 10;
  Random random(1);
  Ziggurat exponential(false, 7.69711747013104972, 0.0039496598225815571993),
      normal(true, 3.6541528853610088, 0.00492867323399);
  const double sigma = std::sqrt(std::log(2.0)), mu = std::log(0.1) - sigma * sigma / 2;

  Heap heap;
  std::vector<Bucket> buckets(accounts, {capacity, 0, 0});
  std::vector<int> idle(servers);
  std::vector<int64_t> queue, arrivalOfServer(servers);
  size_t head = 0;
  for (int i = 0; i < servers; i++) idle[i] = i;
  auto gap = [&](uint64_t account) {
    return (int64_t)(exponential.sample(random) * (account < light ? 2e9 : 0.2e9));
  };
  for (uint64_t i = 0; i < accounts; i++) heap.push({gap(i), i});
  int64_t seen = 0, denied = 0, served = 0;
  double waits = 0, sojourns = 0;
  auto start = [&](int64_t now, int64_t arrival) {
    int server = idle.back();
    idle.pop_back();
    arrivalOfServer[server] = arrival;
    waits += now - arrival;
    double work = std::exp(mu + sigma * normal.sample(random));
    heap.push({now + (int64_t)(work * 1e9), (uint64_t)server | 1ull << 32});
  };
  while (seen < requests) {
    Event event = heap.pop();
    int64_t now = event.time;
    if (event.what >> 32) {
      int server = (uint32_t)event.what;
      sojourns += now - arrivalOfServer[server];
      served++;
      idle.push_back(server);
      if (head < queue.size()) {
        start(now, queue[head++]);
        if (head > 4096) queue.erase(queue.begin(), queue.begin() + head), head = 0;
      }
      continue;
    }
    seen++;
    heap.push({now + gap(event.what), event.what});
    Bucket& bucket = buckets[event.what];
    int64_t elapsed = now - bucket.updated + bucket.rest;
    if (bucket.tokens < capacity) {
      bucket.tokens = std::min(capacity, bucket.tokens + elapsed / second);
      bucket.rest = bucket.tokens == capacity ? 0 : elapsed % second;
    } else {
      bucket.rest = 0;
    }
    bucket.updated = now;
    if (bucket.tokens < 1) {
      denied++;
      continue;
    }
    bucket.tokens--;
    if (idle.empty())
      queue.push_back(now);
    else
      start(now, now);
  }
  std::printf(
      "requests %lld denied %.6f wait_mean_s %.9f sojourn_mean_s %.6f\n", (long long)seen,
      (double)denied / seen, waits / served / 1e9, sojourns / served / 1e9);
}
