using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using NuCypher.P2P.Policy.Rules;

namespace NuCypher.P2P.Actors.Facts;

/// <summary>Asks hosts what conditions want to know, each URL once in a while, whoever waits for it.</summary>
/// <remarks>Requests run on the thread pool; the actor keeps which are under way, and answers for a moment.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "PostStop ends what the actor owns; nobody disposes actors.")]
public sealed class FactActor : ReceiveActor
{
    private readonly FactOptions _options;
    private readonly HostAnswers _hosts;
    private readonly CancellationTokenSource _stopped = new();
    private readonly Dictionary<string, Answer> _answers = [];

    /// <summary>Starts with nothing known.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="trust">Who is believed to be a host; null: whom the system's authorities vouch for.</param>
    public FactActor(FactOptions options, RemoteCertificateValidationCallback? trust = null)
    {
        (_options, _hosts) = (options, new HostAnswers(options, trust));
        Receive<GatherFacts>(Gather);
    }

    private static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _stopped.Cancel();
        _hosts.Dispose();
    }

    private void Gather(GatherFacts gather)
    {
        var (questions, request, log) = (gather.Questions, gather.Request, Context.GetLogger());
        Task<byte[]?>[] bodies = [.. questions.Select(fact => Ask(fact.Url))];
        Task.WhenAll(bodies).PipeTo(
            Sender, gather.Asker, answers => new ServeWithFacts(request, Judge(questions, answers)),
            cause =>
            {
                log.Error(cause, "A host could not be asked, in a way that was not foreseen.");
                return new ServeWithFacts(request, KnownFacts.None);
            });
    }

    private Task<byte[]?> Ask(string url)
    {
        if (_answers.TryGetValue(url, out var known) && Now - known.Since < _options.CacheTime)
            return known.Body;
        if (_answers.Count >= _options.MaxUrls && !MakeRoom())
            return Task.FromResult<byte[]?>(null);
        var (hosts, stopped) = (_hosts, _stopped.Token);
        var body = Task.Run(() => hosts.GetAsync(url, stopped));
        _answers[url] = new Answer(body, Now);
        return body;
    }

    private bool MakeRoom()
    {
        foreach (var (url, answer) in _answers.ToList())
        {
            if (answer.Body.IsCompleted)
                _answers.Remove(url);
        }

        return _answers.Count < _options.MaxUrls;
    }

    private static KnownFacts Judge(IReadOnlyList<JsonFact> questions, byte[]?[] bodies) => new(
        questions.Zip(bodies, (fact, body) => KeyValuePair.Create(
            fact, body is null ? Truth.Unknown : fact.Judge(body))).ToDictionary());

    private sealed record Answer(Task<byte[]?> Body, TimeSpan Since);
}
