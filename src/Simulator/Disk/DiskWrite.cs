namespace NuCypher.P2P.Simulator;

/// <summary>One call of a process while it waits for the disk.</summary>
/// <param name="epoch">The process that made it.</param>
/// <param name="changesDisk">False for reads, which only keep their place behind earlier writes.</param>
/// <param name="eventCount">How many events it writes.</param>
/// <param name="commit">Carries it out on what is durable, and gives the answer to the caller.</param>
/// <param name="fail">Tells the caller that it failed.</param>
internal sealed class DiskWrite(
    long epoch, bool changesDisk, int eventCount, Func<DiskContents, Action> commit, Action<Exception?> fail)
{
    private bool _isAnswered;

    public long Epoch => epoch;

    public bool ChangesDisk => changesDisk;

    public int EventCount => eventCount;

    public void Commit(DiskContents durable) => commit(durable);

    public void CommitAndAnswer(DiskContents durable)
    {
        var answer = commit(durable);
        if (!_isAnswered)
            answer();
        _isAnswered = true;
    }

    public void AcknowledgeEarly() => Answer(null);

    public void Fail(Exception failure) => Answer(failure);

    private void Answer(Exception? failure)
    {
        if (_isAnswered)
            return;
        _isAnswered = true;
        fail(failure);
    }
}
