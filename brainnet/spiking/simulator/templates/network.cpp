// Brian2's Network, with the loop over time written for a network that has one fast clock and slow ones that seldom tick:
// what runs at every step is listed once, instead of asking every object's clock at every step.

#include "network.h"
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#ifdef __linux__
#include <csignal>
#include <sys/prctl.h>
#endif

double Network::_last_run_time = 0.0;
double Network::_last_run_completed_fraction = 0.0;
bool Network::_globally_stopped = false;
bool Network::_globally_running = false;

// What a network's objects are kept with: a Clock in Brian2 2.9, and its base from 2.10 on. All clocks here are of the kind
// that ticks at equal intervals.
typedef decltype(Network::objects)::value_type::first_type ClockPointer;

namespace
{

double interval(ClockPointer clock) { return static_cast<Clock*>(clock)->dt[0]; }

struct Object
{
    size_t index;
    codeobj_func run;
};

double now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// The time that each part of a step takes, if the environment variable BRAINNET_PROFILE names a file: a line is added to
// it. BRAINNET_PROFILE_PARTS holds a number for each object, the part to which it belongs. Of the steps at which no slow
// clock ticks, one in BRAINNET_PROFILE_EVERY is measured (0: none); of the others, which are few, all. The time is read
// where one part ends and the next begins, and seldom, because that takes as long as many an object.
class Profile
{
    const char* path = std::getenv("BRAINNET_PROFILE");
    long every = 0, steps = 0, measured = 0, readings = 0;
    double reading = 1.0;  // seconds that it takes to read the time
    std::vector<size_t> parts;
    std::vector<double> fast, slow;  // seconds of each part

public:
    explicit Profile(size_t objects) : parts(objects), fast(objects), slow(objects)
    {
        const char* chosen = std::getenv("BRAINNET_PROFILE_EVERY");
        const char* given = std::getenv("BRAINNET_PROFILE_PARTS");
        every = path && chosen && given ? std::atol(chosen) : 0;
        if (!every) return;
        std::istringstream numbers(given);
        for (size_t& part : parts)
            if (!(numbers >> part) || part >= objects) std::exit(1);
        for (int batch = 0; batch < 50; batch++)
        {
            const double start = now();
            for (int i = 0; i < 200; i++) now();
            reading = std::min(reading, (now() - start) / 201);
        }
    }

    bool on() const { return every > 0; }

    void step(const std::vector<Object>& objects, bool slow_step)
    {
        if (!slow_step && steps++ % every)
        {
            for (const Object& object : objects) object.run();
            return;
        }
        measured += !slow_step;
        std::vector<double>& seconds = slow_step ? slow : fast;
        double before = now();
        readings++;
        for (size_t i = 0; i < objects.size(); i++)
        {
            objects[i].run();
            if (Network::_globally_stopped) return;
            const size_t part = parts[objects[i].index];
            if (i + 1 < objects.size() && parts[objects[i + 1].index] == part) continue;
            const double after = now();
            seconds[part] += after - before - reading;
            before = after;
            readings++;
        }
    }

    // Seconds of the loop, of reading the time in it, and of each part.
    void write(double seconds) const
    {
        FILE* file = path ? std::fopen(path, "a") : NULL;
        if (!file) return;
        std::fprintf(file, "%.9g %.9g", seconds, readings * reading);
        for (size_t i = 0; on() && i < fast.size(); i++)
            std::fprintf(file, " %.9g", slow[i] + (measured ? fast[i] * steps / measured : 0.0));
        std::fprintf(file, "\n");
        std::fclose(file);
    }
};

}  // namespace

Network::Network() : t(0.0) {}

void Network::clear() { objects.clear(); }

void Network::add(ClockPointer clock, codeobj_func func) { objects.push_back(std::make_pair(clock, func)); }

void Network::compute_clocks()
{
    clocks.clear();
    for (auto& object : objects) clocks.insert(object.first);
}

// The fastest clock; `curclocks` are the slow ones.
ClockPointer Network::next_clocks()
{
    ClockPointer fast = *clocks.begin();
    for (ClockPointer clock : clocks)
        if (interval(clock) < interval(fast)) fast = clock;
    curclocks = clocks;
    curclocks.erase(fast);
    return fast;
}

void Network::run(const double duration, void (*)(const double, const double, const double, const double), const double)
{
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // whoever waits for the results has gone
#endif
    const double start = t;
    compute_clocks();
    for (ClockPointer clock : clocks) clock->set_interval(start, start + duration);
    ClockPointer fast = next_clocks();
    const double half_step = 0.5 * interval(fast);
    auto due = [&](ClockPointer clock) { return clock == fast || std::fabs(clock->t[0] - fast->t[0]) < half_step; };
    auto listed = [&](auto chosen) {
        std::vector<Object> list;
        for (size_t i = 0; i < objects.size(); i++)
            if (objects[i].second && chosen(objects[i].first)) list.push_back({i, objects[i].second});
        return list;
    };
    const std::vector<Object> every_step = listed([&](ClockPointer clock) { return clock == fast; });
    Profile profile(objects.size());
    auto step = [&](const std::vector<Object>& list, bool slow) {
        if (profile.on())
            profile.step(list, slow);
        else
            for (const Object& object : list)
            {
                object.run();
                if (slow && _globally_stopped) break;
            }
    };

    // The controller stops it at the onset that follows the last presentation, before anything else happens there: what
    // is left is the state at the end of that presentation.
    _globally_running = true;
    _globally_stopped = false;
    double next_slow = start;
    const double began = now();
    while (fast->running() && !_globally_stopped)
    {
        t = fast->t[0];
        if (t + half_step < next_slow)
            step(every_step, false);
        else
        {
            step(listed(due), true);
            next_slow = start + 2 * duration;
            for (ClockPointer clock : curclocks)
            {
                if (due(clock)) clock->tick();
                next_slow = std::fmin(next_slow, clock->t[0]);
            }
        }
        fast->tick();
    }
    _last_run_time = now() - began;
    profile.write(_last_run_time);
    _globally_running = false;
    t = fast->t[0];
    _last_run_completed_fraction = duration > 0 ? (t - start) / duration : 1.0;
}
